# Slack：表单和应用清单里的文字。

slack-cancel = 取消
slack-yes = 是
slack-about = 维系客户关系：有时限承诺的工单、跟进提醒、待批的草稿
slack-command = 查客户、办工单
slack-usage = 待办 | 跟进 星河科技 来电要报价 | help
