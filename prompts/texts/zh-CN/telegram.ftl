# Telegram：只在这里出现的话。

telegram-forwarded = 转发的消息：{ $words }
telegram-edited = 更正：{ $words }
telegram-contact = { $whose ->
    [own] 我的电话：{ $name }，{ $phone }
   *[other] 别人的名片：{ $name }，{ $phone }
}
telegram-attachment = { $kind ->
    [photo] [图片]
    [video] [视频]
    [voice] [语音]
    [audio] [音频]
    [document] [文件]
    [location] [位置]
   *[other] [附件]
} { $words }
telegram-group-refused = 我只在私聊里回答，请直接给我发消息。
telegram-hello-staff = { $name }，您好！这个聊天已与您关联。发送 /help 查看可用的命令。
contact-blocked = { $customer }的{ $name }在 { $channel } 上屏蔽了我们，那边的消息已送不到；急事请打电话或发邮件。
contact-unblocked = { $customer }的{ $name }又可以通过 { $channel } 联系了。
customer-invited-link = Telegram 链接
who-closed-channel = { $channel }（已屏蔽我们）
