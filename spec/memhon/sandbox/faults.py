"""What somebody asks the switchboard for: added, listed, cleared, from Python and from a shell."""

from __future__ import annotations

from memhon.errors import SandboxError
from memhon.sandbox.switchboard import Effect, rule
from memhon.store import Store, Switch


class Faults:
    """The faults on demand of one store; counted, shared by every worker on it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        effect: str,
        detail: str = "",
        *,
        exchange: str | None = None,
        practitioner: str | None = None,
        count: int = 1,
    ) -> Switch:
        """Let the next calls meet something; a call that is refused for itself uses no rule.

        Args:
            effect: ``fault``, ``anomaly``, ``delay``, ``cut``, ``half``, ``invalid-signature``,
                ``expired-token``, ``wrong-correlation`` or ``maintenance``.
            detail: Id of the fault or anomaly, or the delay in seconds.
            exchange: Id of the only exchange that counts.
            practitioner: Id of the only fictitious provider that counts.
            count: How many calls.

        Returns:
            The rule with its number.

        Raises:
            SandboxError: The effect, the practitioner or the count is not possible, or the detail
                does not fit the effect.
            CatalogueError: The exchange is unknown.
            StoreError: The store cannot be written.
        """
        number = self._store.switches.add(
            rule(
                _known(effect),
                detail=detail,
                exchange=exchange,
                practitioner=practitioner,
                count=count,
            )
        )
        return next(switch for switch in self.all() if switch.number == number)

    def all(self) -> tuple[Switch, ...]:
        """Every rule, the oldest first, also those that are used up."""
        return self._store.switches.all()

    def clear(self, number: int | None = None) -> int:
        """Forget one rule, or all; how many there were."""
        return self._store.switches.clear(number)


def _known(effect: str) -> Effect:
    try:
        return Effect(effect)
    except ValueError:
        known = ", ".join(effect.value for effect in Effect)
        raise SandboxError(f"effet inconnu « {effect} » ; connus : {known}") from None
