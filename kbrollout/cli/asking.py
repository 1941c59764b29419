"""Questions on a terminal: shows a step, reads what is typed, helps when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kbrollout.newsite.replies import Step

WIDTH = 88
MANY_CHOICES = 7
LONGEST_PROPOSAL = 60


class Stopped(Exception):
    """The user stops. `asked` says that it was by a word, not by breaking off."""

    def __init__(self, asked: bool) -> None:
        self.asked = asked


def say(text: str, *, indent: str = "", **style: Any) -> None:
    wrapped = click.wrap_text(text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))
    click.echo(click.style(wrapped, **style) if style else wrapped)


def put(step: Step, *, explain: bool) -> None:
    """Show one question with its choices; `explain` says why it is asked."""
    click.echo()
    say(step.text, bold=True)
    if explain and step.question.why:
        say(step.question.why, indent="  ")
    if len(step.choices) > MANY_CHOICES and not any(choice.note for choice in step.choices):
        # No-break spaces keep a number and its words on one line.
        several = (f"{number} {choice.label}".replace(" ", "\N{NO-BREAK SPACE}") for number, choice in enumerate(step.choices, 1))
        say("   ".join(several), indent="  ")
        return
    for number, choice in enumerate(step.choices, 1):
        note = f" ({choice.note})" if choice.note else ""
        say(f"{choice.label}{note}", indent=f"  {number:>2} ")


def read(step: Step) -> str:
    """What is typed, once it is something other than a request for help. Raises Stopped."""
    while True:
        try:
            given: str = click.prompt("", default="", show_default=False, prompt_suffix=_prompt(step)).strip()
        except click.Abort:
            raise Stopped(asked=False) from None
        if given.lower() == "stop":
            raise Stopped(asked=True)
        if given != "?":
            return given
        _help(step)


def _prompt(step: Step) -> str:
    """What stands before the cursor: what Enter does."""
    from kbrollout.newsite.replies import SEPARATOR

    if step.default:
        labels = {choice.value: choice.label for choice in step.choices}
        shown = "; ".join(labels.get(each, each) for each in step.default.split(SEPARATOR))
        short = shown if len(shown) <= LONGEST_PROPOSAL else f"{shown[:LONGEST_PROPOSAL].rstrip()} …"
        return f"  [Enter = {short}] > "
    return "  > " if step.question.default is None else f"  [Enter = {step.passing}] > "


def _help(step: Step) -> None:
    from kbrollout.newsite.questions import Kind

    for text in filter(None, dict.fromkeys((step.question.why, step.question.help))):
        say(text, indent="  ")
    forms = {
        Kind.CHOICE: "Typ het nummer of het woord.",
        Kind.SEVERAL: "Typ de nummers met een komma ertussen, bijvoorbeeld 1, 3."
        + (" Een nieuwe naam mag ook, of meer met een puntkomma ertussen." if step.new else ""),
        Kind.NUMBER: "Typ een getal, of: onbekend.",
        Kind.YES_NO: "Typ ja of nee.",
        Kind.LIST: "Typ één naam. Daarna komt de vraag naar de volgende; met Enter gaat u door.",
        Kind.TEXT: "Typ een antwoord op één regel.",
    }
    say(forms[step.question.kind], indent="  ")
    if step.default:
        say("Met Enter antwoordt u wat er al staat. Met een streepje (-) laat u het leeg.", indent="  ")
