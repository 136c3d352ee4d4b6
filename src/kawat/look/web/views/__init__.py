"""The views, a router each."""

from kawat.look.web.views import account, article, paste, today

ROUTERS = (today.router, paste.router, article.router, account.router)
