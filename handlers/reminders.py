from handlers.routing import Router

router = Router("reminders")
