# 策略：时限是怎么算的、为什么归入该层级、策略文件错在哪里。
# $amount 与 $unit 配套；$type、$tier、$figure、$clock 是标识。若已知层级的自定义名称，可直接作为 $tier 传入，原样显示。

policy-span = { $unit ->
    [seconds] { $amount } 秒
    [minutes] { $amount } 分钟
   *[hours] { $amount } 小时
}
policy-tier = { $tier ->
    [strategic] 头部战略客户
    [growth] 腰部潜力客户
    [dormant] 长尾沉睡客户
    [core] 核心客户
    [potential] 潜力客户
    [base] 基础客户
    [strategic_core] 战略核心层
    [key_business] 业务重点层
    [cultivation] 潜力培育层
    [churn_warning] 流失预警层
    [none] 未分层客户
   *[other] { $tier }
}
policy-type = { $type ->
    [inquiry] 咨询
    [order_status] 订单进度
    [service_request] 服务请求
    [complaint] 投诉
    [fault] 设备故障
    [price] 价格或续约
    [feedback] 反馈
   *[other] 其他请求
}
policy-clock = { $clock ->
    [elapsed] 全天候计时
   *[working] 按工作时间计
}
policy-figure = { $figure ->
    [first_response] 首次响应
    [under_way] 开始处理
    [resolution] 解决
   *[closing] 闭环
}

## 时限的由来

policy-step-promise = { policy-type } × { policy-tier }：{ policy-span }内{ policy-figure }，{ policy-clock }
policy-step-starts = 非工作时间提交，自 { DATETIME($at, dateStyle: "medium", timeStyle: "short") } 起计时
policy-step-break = 午休等间歇 { $from }–{ $until } 不计（{ $times } 次）
policy-step-night = 下班时间 { $from }–{ $until } 不计（{ $times } 次）
policy-step-weekend = 休息日 { $days } 天不计
policy-step-holiday = { $days ->
    [1] 节假日 { DATETIME($from, dateStyle: "medium") } 不计
   *[other] 节假日 { DATETIME($from, dateStyle: "medium") } 至 { DATETIME($until, dateStyle: "medium") } 不计（含 { $days } 个工作日）
}
policy-step-makeup = { DATETIME($day, dateStyle: "medium") } 为调休上班日，照常计时
policy-step-paused = { policy-span } 不计入（等待客户回复，或重新打开之前）

## 层级的由来

policy-why-money = 近 12 个月消费 { NUMBER($money, maximumFractionDigits: 2) } { $currency }，按金额属{ policy-tier }
policy-why-last-purchase = 最近一次购买：{ DATETIME($day, dateStyle: "medium") }
policy-why-never-bought = 尚无购买记录
policy-why-silent = 已沉默满 { $months } 个月，无论金额高低，归入{ policy-tier }
policy-why-spared = 潜力指数 { $potential }，虽已沉默，仍保留为{ policy-tier }
policy-why-rank = 排名在前的客户占 { $percent }%，归入{ policy-tier }
policy-why-unranked = 尚未参与排名，下次排名前暂归{ policy-tier }
policy-why-score = 加权得分 { NUMBER($score, maximumFractionDigits: 1) }，归入{ policy-tier }
policy-why-missing-scores = 有 { $count } 个维度尚未评分，按其余维度折算
policy-why-no-scores = 尚未评分，暂归{ policy-tier }
policy-why-churn = 流失风险 { $risk }，已达预警线 { $bound }：无论得分高低，先回访

## 策略文件错在哪里

policy-problem = { $path ->
    [file] 第 { $line } 行：{ $problem }
   *[other] 第 { $line } 行 { $path }：{ $problem }
}
policy-problem-syntax = 不符合 YAML 格式。请连同上一行一起检查：是否漏了冒号、引号或括号没有配对、用了制表符而不是空格。
policy-problem-character = 文件中有无法识别的字符，请另存为 UTF-8 纯文本。
policy-problem-duplicate-key = 这个名称重复出现，请只保留一处。
policy-problem-not-a-policy = 这不是策略文件。请以默认文件为底稿修改。
policy-problem-alias = 策略文件不支持用“*”引用别处的内容，请直接写出值。
policy-problem-missing = 缺少“{ $key }”，请补上，写法参见默认文件。
policy-problem-unknown-key = { $close ->
    [none] 此处没有“{ $key }”这一项，请删除或检查拼写。
   *[other] 此处没有“{ $key }”这一项，是否想写“{ $close }”？
}
policy-problem-not-a-number = “{ $got }”不是数字，请只写数字，例如 10000。
policy-problem-not-a-whole-number = “{ $got }”不是整数，请去掉小数部分。
policy-problem-too-small = “{ $got }”太小，界限是 { $limit }。
policy-problem-too-large = “{ $got }”太大，界限是 { $limit }。
policy-problem-not-text = “{ $got }”在此处应为文字，请加上引号。
policy-problem-empty = 内容为空，请填写文字。
policy-problem-too-few = 列表太短，至少需要 { $limit } 项。
policy-problem-wrong-form = “{ $got }”格式不对。名称用小写，如 key_business；地址写作“渠道:位置”，如 slack:#service；币种用三个大写字母，如 CNY。
policy-problem-not-one-of = 此处不能写“{ $got }”，可选：{ $limit }。
policy-problem-not-yes-or-no = “{ $got }”既不是 true 也不是 false，请写其中之一。
policy-problem-not-a-date = “{ $got }”不是日期，请写成 2026-02-14 的形式。
policy-problem-zone = “{ $got }”不是时区，请写成 Asia/Shanghai 的形式。
policy-problem-not-a-list = 此处应为列表，请写成 [甲, 乙]，或每行一项、以“-”开头。
policy-problem-not-a-section = 此处应为若干“名称: 值”，每行一个并缩进。
policy-problem-unreadable = “{ $got }”不适用于此处，写法参见默认文件。
policy-problem-span = “{ $got }”不是大于零的时长，请带上单位：10 s、30 min、4 h、1 h 30 min、90 days。
policy-problem-clock-time = “{ $got }”不是时刻，请写成 "08:30" 的形式。
policy-problem-shift = “{ $got }”不是时段，请写成 "09:00-12:00" 的形式，结束晚于开始；一天的终点写 24:00。
policy-problem-one-unit = days、months、working_days 必须且只能写一个。
policy-problem-weekday = “{ $limit }”不是星期，请写 mon、tue、wed、thu、fri、sat、sun，或 mon-fri 这样的区间。
policy-problem-weekday-twice = “{ $limit }”中有一天已经写过工作时间，请只保留一处。
policy-problem-unknown-calendar = 没有名为“{ $got }”的日历，现有：{ $known }。
policy-problem-unknown-scheme = 没有名为“{ $got }”的分层方案，现有：{ $known }。
policy-problem-unknown-tier = 没有名为“{ $got }”的层级，现有：{ $known }。
policy-problem-twice = “{ $got }”在列表中重复出现，请只保留一处。
policy-problem-not-a-hundred = 合计为 { $total }，应为 100。
policy-problem-one-bound = “{ $tier }”必须且只能有一个界限：over 或 at_least。
policy-problem-last-is-open = “{ $tier }”是最后一层，接纳其余所有客户，请去掉界限。
policy-problem-last-at-zero = “{ $tier }”是最后一层，接纳其余所有客户，请从 0 开始。
policy-problem-not-descending = “{ $tier }”排在“{ $above }”之下，界限应比它低。
policy-problem-no-cadence = 没有规定“{ $tier }”层级的联系频次，请补上一行。
policy-problem-not-rising = { $got } 排在 { $before } 之后，请按从小到大排列。
policy-problem-promise-order = “{ $name }”中后面的步骤早于前面的步骤，first_response、under_way、resolution、closing 应依次递增。
policy-problem-no-promise = 没有一行对所有客户的 { $type } 类请求承诺首次响应，请把该类型加入一行不限层级的承诺。
policy-problem-no-hours = 日历“{ $name }”没有工作时间，请至少为一天写上。
policy-problem-morning-after-work = 按日历“{ $name }”，到这个时间已经下班，提醒永远发不出去。请改到至少一个工作日的最后一个班次结束之前。
policy-problem-shifts-overlap = 时段重叠或顺序不对，请从早到晚书写。
policy-problem-country = 没有“{ $got }”的节假日数据，请写两位国家代码，如 CN、DE，或删去此项。
policy-problem-subdivision = 该国没有“{ $got }”这一地区的节假日数据，请写地区代码，或删去此项。
policy-problem-both-free-and-working = { $got } 既是额外假日又是额外工作日，请只保留一处。
policy-problem-no-message-rule = 没有规定“{ $got }”类消息是否需要同意，请补上一行。
policy-problem-no-such-holiday = 该国的节假日数据里没有“{ $got }”，请写它的英文名，如 Mid-Autumn Festival。
