"""The arguments of the commands about drafts."""

from __future__ import annotations

from handlers.arguments import Args, Line, Words
from prompts.drafting import Purpose


class MakeDraft(Args):
    """Typed, everything stands in the first argument: the customer's name, then the purpose."""

    customer: Words
    purpose: Purpose | None = None


class OneDraft(Args):
    draft: Line


class DraftWords(Args):
    draft: Line
    words: Words
