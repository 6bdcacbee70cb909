# 交给语言模型的话，以及草稿卡片上关于模型的说明。

model-fact-industry = 所在行业：{ $industry }
model-fact-since = { $since } 起成为我们的客户
model-fact-touch = 最近一次联系：{ $touch_at }（{ $touch_how }）
model-fact-occasion = 节点：{ $occasion_name }，{ $occasion_day }
model-fact-contract = 合同 { $contract }，{ $contract_ends_on } 到期
model-fact-product = 产品：{ $product }，序列号 { $serial }，下次保养 { $maintenance_on }
model-fact-orders = 近十二个月订单：{ $orders_year } 个
model-fact-solved = 近十二个月办结：{ $solved } 件
model-fact-complaint = 未处理完的投诉 { $complaint }，{ $complaint_at }
model-fact-ticket = 未处理完的需求 { $ticket }，{ $ticket_at }
model-fact-order = 最近一单 { $order }，{ $order_at }
model-fact-said = { $complaint_at } 投诉过：{ $complaint_topic }
model-fact-suggestion = { $suggestion_at } 提过建议：{ $suggestion_topic }
model-fact-praise = { $praise_at } 表扬过：{ $praise_topic }
model-tone-warm = 亲切、有人情味
model-tone-plain = 平实、就事论事
model-tone-formal = 正式、得体
model-length-normal = 200 字以内
model-length-short = 两三句话，80 字以内
model-case =
    目的：{ $purpose }
    语气：{ $tone }
    长短：{ $length }

    意思相同的版本：
    { $words }

    事实：
    { $facts }

    最近一次联系的记录：
    { $notes }

draft-writer-template = 文字来自模板，没有用语言模型。
draft-writer-asked = 语言模型正在写另一版；写好之前先用模板的文字。
draft-writer-model = 这段话由语言模型根据下列事实写成，发送前请先核对。
draft-writer-late = 语言模型没有及时回答，仍是模板的文字。
draft-writer-failed = 没能问到语言模型，仍是模板的文字。
draft-writer-unusable = 语言模型写的内容不能用，仍是模板的文字。
draft-writer-edited = 已人工修改。
draft-writer-model-edited = 由语言模型起草，已人工修改。
channel-model = 语言模型
