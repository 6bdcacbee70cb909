"""WeCom (企业微信): colleagues through a self-built app, customers through 微信客服, groups through a robot."""
