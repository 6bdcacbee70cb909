# Slack：表单和应用清单里的文字。

slack-cancel = 取消
slack-yes = 是
slack-form-too-long = 这段文字超过了 Slack 表单的长度（3000 字），我另发一条消息，说明怎样用命令填写。
slack-form-late = 表单没能及时准备好。如果稍后没有收到消息，请再点一次或再输入一次。
slack-about = 维系客户关系：有时限承诺的工单、跟进提醒、待批的草稿
slack-command = 查客户、办工单
slack-usage = 待办 | 跟进 星河科技 来电要报价 | help
