"""From a document's data to bytes: one module per format. Nothing here writes a file."""
