from handlers.routing import Router

router = Router("outreach")
