"""The command line: the only place that prints and exits.

Exit codes: 0 done, 1 problems in the content, 2 wrong usage, 3 our own bug. Heavy imports stand inside the commands,
so that `--help` comes at once.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper

from kbrollout.dutch import speak_dutch

speak_dutch()

import click  # noqa: E402 - click reads its language when it is imported

from kbrollout import __version__  # noqa: E402
from kbrollout.cli.agreement_command import agreement  # noqa: E402
from kbrollout.cli.build_command import build  # noqa: E402
from kbrollout.cli.check_command import check  # noqa: E402
from kbrollout.cli.common import BUG, CONTENT, DONE, HELP, USAGE  # noqa: E402
from kbrollout.cli.diff_command import diff  # noqa: E402
from kbrollout.cli.doctor_command import doctor  # noqa: E402
from kbrollout.cli.intake_command import intake  # noqa: E402
from kbrollout.cli.new_command import new  # noqa: E402
from kbrollout.cli.overview_command import overview  # noqa: E402
from kbrollout.cli.plan_command import plan  # noqa: E402
from kbrollout.cli.print_command import print_run  # noqa: E402
from kbrollout.cli.schema_command import schema  # noqa: E402
from kbrollout.cli.serve_command import serve  # noqa: E402
from kbrollout.cli.track_command import track  # noqa: E402
from kbrollout.cli.verify_command import verify  # noqa: E402

__all__ = ["BUG", "CONTENT", "DONE", "USAGE", "kbrollout", "main"]


@click.group(context_settings=HELP, no_args_is_help=True, options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT [...]")
@click.version_option(__version__, message="kbrollout %(version)s")
def kbrollout() -> None:
    """Maakt van een wijkprofiel en de referentie een pakket voor Krachtige basiszorg.

    Begin een nieuwe wijk met 'kbrollout new MAP'. Met 'kbrollout check WIJKMAP' ziet u wat er nog niet klopt. Maak
    daarna het pakket met 'kbrollout build WIJKMAP --out MAP'.
    """


for command in (new, intake, check, agreement, build, plan, print_run, diff, overview, track, serve, verify, schema, doctor):
    kbrollout.add_command(command)


def main() -> None:
    """Run the command line; what nobody foresaw ends in a message and exit code 3."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a pipe on Windows may not know every character: never fail on that
            stream.reconfigure(errors="replace")
    try:
        kbrollout(prog_name="kbrollout")
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo("Dit is een fout in kbrollout zelf, niet in uw bestanden. Stuur de regels hierboven naar de beheerder.", err=True)
        sys.exit(BUG)
