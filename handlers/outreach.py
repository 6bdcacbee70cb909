from typing import Any

from handlers.context import Context
from handlers.routing import Router

router = Router("outreach")


@router.on("customer wrote")
def overtaken(ctx: Context, facts: dict[str, Any]) -> None:
    """Placeholder until drafts exist."""
