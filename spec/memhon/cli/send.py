"""``memhon send``: send one message and print the answer."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from memhon.cli import keys
from memhon.cli.closing import closing
from memhon.cli.exits import Exit
from memhon.cli.words import exchange_id
from memhon.errors import SoapFault, TransportError
from memhon.findings import Finding, finding_lines

if TYPE_CHECKING:
    from memhon.client import Answer, ClientKeys
    from memhon.clock import Clock

_CLOCK_SECONDS = 2.0
_TIME = {
    "fr": "memhon : heure du bac à sable : {sandbox} (machine : {machine}) ; la commande vit à la "
    "première.",
    "en": "memhon: time of the sandbox: {sandbox} (machine: {machine}); the command lives at the "
    "former.",
}

_EPILOG = closing(
    (
        "memhon sandbox serve &",
        "memhon send simulation.xml --save reponse.xml",
        "memhon send simulation.xml --key ma-cle.p12 --password-prompt",
        "memhon send simulation.xml --endpoint https://127.0.0.1:8443",
    ),
    {
        Exit.FINE: "réponse reçue, sans anomalie bloquante",
        Exit.INVALID: "faute reçue, ou réponse avec une anomalie bloquante",
        Exit.USAGE: "mauvais usage, fichier illisible ou écriture impossible",
        Exit.UNDECIDED: "réponse trop grande pour être jugée",
        Exit.FAILED: "aucune réponse utilisable, ou clé inutilisable",
    },
)


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    verb = verbs.add_parser(
        "send",
        help="envoyer un message et afficher la réponse",
        description=(
            "Envoie un message à l'échange synchrone et affiche la réponse et son rapport. "
            "Un message nu est mis dans une enveloppe et signé, après authentification et demande "
            "de jeton ; une enveloppe part à l'octet près."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("file", metavar="FICHIER", help="message ou enveloppe ; - lit l'entrée")
    verb.add_argument(
        "--exchange", type=exchange_id, metavar="ID", help="échange attendu, p. ex. pid-sim"
    )
    verb.add_argument(
        "--endpoint",
        metavar="URL",
        help="destinataire ; sinon MEMHON_ENDPOINT, sinon http://127.0.0.1:8480",
    )
    verb.add_argument(
        "--real-system",
        action="store_true",
        help="permettre un destinataire sous esante.lu ou mysecu.lu",
    )
    keys.add(verb)
    verb.add_argument("--format", choices=("text", "json"), default="text", help="sortie")
    verb.add_argument("--save", metavar="FICHIER", help="écrire la réponse reçue, à l'octet près")
    verb.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue du rapport")
    verb.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Send, print, return the exit code; errors other than a fault are left to ``main``.

    Returns:
        Fine for an answer without a blocking anomaly, invalid for such an anomaly or a fault, usage
        when a file cannot be read or written.
    """
    from memhon.client import Client

    try:
        data = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    except OSError as error:
        print(f"memhon : fichier illisible : {args.file} ({error.strerror})", file=sys.stderr)
        return Exit.USAGE
    try:
        chosen = keys.client_keys(args)
    except OSError as error:
        file = args.password_file
        print(f"memhon : fichier illisible : {file} ({error.strerror})", file=sys.stderr)
        return Exit.USAGE
    client = Client(
        args.endpoint,
        keys=chosen,
        clock=_clock(args, chosen),
        security=args.security,
        allow_real_systems=args.real_system,
    )
    try:
        answer = client.send(data, args.exchange)
    except SoapFault as fault:
        # saved first: whoever reads the output through head closes it early
        saved = _saved(args.save, fault.raw)
        _print_fault(fault, args)
        return Exit.INVALID if saved else Exit.USAGE
    saved = _saved(args.save, answer.raw)
    _print_answer(answer, args)
    if not saved:
        return Exit.USAGE
    return Exit.INVALID if answer.report.errors else Exit.FINE


def _clock(args: argparse.Namespace, chosen: ClientKeys | None) -> Clock | None:
    """The time of a sandbox on this machine, told when it is another; None is the machine's."""
    from memhon.client import SandboxClock

    try:
        clock = SandboxClock(args.endpoint, keys=chosen, timeout=_CLOCK_SECONDS)
        if not clock.offset():
            return None
        shown = clock.now()
    except TransportError:
        # not on this machine, or nobody there: sending will say so
        return None
    instants = {"sandbox": shown, "machine": datetime.now(UTC)}
    told = {name: f"{at:%Y-%m-%dT%H:%M:%SZ}" for name, at in instants.items()}
    print(_TIME[args.lang].format(**told), file=sys.stderr)
    return clock


def _print_answer(answer: Answer, args: argparse.Namespace) -> None:
    from memhon.client import on_demand

    if remark := on_demand(answer.trace[-1]):
        print(f"memhon :{remark}", file=sys.stderr)
    if args.format == "json":
        _print_json(
            {
                "correlation_id": answer.correlation_id,
                "answer": answer.raw.decode("utf-8", "replace"),
                "report": answer.report.to_dict(args.lang),
            }
        )
        return
    print(answer.raw.decode("utf-8", "replace").rstrip())
    print()
    print(answer.report.to_text(args.lang))


def _print_fault(fault: SoapFault, args: argparse.Namespace) -> None:
    if args.format == "json":
        described = {
            "code": fault.code,
            "reason": fault.reason,
            "id": fault.detail_id,
            "correlation_id": fault.correlation_id,
            "diagnostic_url": fault.diagnostic_url,
            "findings": [{"id": f.id, "text": f.text(args.lang)} for f in fault.findings],
        }
        _print_json({"fault": described, "answer": fault.raw.decode("utf-8", "replace")})
        return
    print(fault.raw.decode("utf-8", "replace").rstrip())
    print(f"memhon : {fault}", file=sys.stderr)
    for finding in fault.findings:
        # its sentence is the fault's own when it is the fault
        lines = finding_lines(finding, args.lang) if isinstance(finding, Finding) else []
        known = args.lang == "fr" and finding.text("fr") == fault.reason
        print("\n".join(lines[1:] if known else lines), file=sys.stderr)


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _saved(path: str | None, data: bytes) -> bool:
    if path is None:
        return True
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        print(f"memhon : écriture impossible : {path} ({error.strerror})", file=sys.stderr)
        return False
    return True
