"""The table of contents of the bot: every subject it has handlers for."""

from typing import Final

from handlers import (
    admin,
    conversations,
    customers,
    draft_asking,
    draft_leaving,
    draft_rewriting,
    escalations,
    feedback,
    help,
    menus,
    mornings,
    my_day,
    outreach,
    reachability,
    reminders,
    sharpening,
    surveys,
    ticket_replies,
    ticket_work,
    tickets,
    tiers,
    touches,
)
from handlers.routing import Router

ROUTERS: Final[tuple[Router, ...]] = (
    conversations.router,
    tickets.router,
    sharpening.router,
    ticket_replies.router,
    ticket_work.router,
    escalations.router,
    feedback.router,
    customers.router,
    reminders.router,
    tiers.router,
    touches.router,
    outreach.router,
    reachability.router,
    menus.router,
    draft_asking.router,
    draft_leaving.router,
    draft_rewriting.router,
    surveys.router,
    mornings.router,
    my_day.router,
    admin.router,
    help.router,
)
