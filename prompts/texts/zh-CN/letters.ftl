# 写给客户的话：草稿由这些句子拼成，每一句只说记录里有的事。
# $tone：warm 亲切、plain 平实、formal 正式；.more 在简短版里省去。

letter-hello = { $tone ->
    [formal] 尊敬的{ $name }：您好！
   *[warm] { $name }，您好！
}
letter-hello-nameless = { $tone ->
    [formal] 尊敬的客户：您好！
   *[warm] 您好！
}

letter-follow-up-ticket = { $tone ->
    [formal] 您 { $ticket_at }提交的工单 { $ticket } 目前仍在处理中。
    [plain] 您 { $ticket_at }提的工单 { $ticket } 还在处理。
   *[warm] 您 { $ticket_at }提的工单 { $ticket }，我们还在处理，我一直记着。
}
    .ask = { $tone ->
        [formal] 如有需要补充的内容，或希望在某个日期前得到答复，烦请告知。
        [plain] 有没有要补充的？最晚什么时候要结果？
       *[warm] 您这边有没有要补充的，或者希望最晚什么时候有结果？
    }
    .more = { $tone ->
        [formal] 我会转达给相关同事并持续跟进。
        [plain] 我转给相关同事。
       *[warm] 告诉我，我来盯。
    }
letter-follow-up-touch = { $touch_how ->
    [call] { $touch_at }和您通过电话。
    [visit] { $touch_at }登门拜访过您。
    [meeting] { $touch_at }和您见过面。
   *[other] { $touch_at }和您联系过。
}
    .ask = { $touch_how ->
        [message] { letter-anything-open }
        [greeting] { letter-anything-open }
       *[talked] { $tone ->
            [formal] 当时沟通的事项，请问贵司是否都已落实？
            [plain] 当时说的事都落实了吗？
           *[warm] 当时聊到的事情，您这边都落实了吗？
        }
    }
    .more = { $tone ->
        [formal] 如有尚未办妥之处，回复我一句即可，由我跟进处理。
        [plain] 还有没办好的，告诉我，我来跟。
       *[warm] 如果还有没办妥的，回我一句就行，我来跟。
    }
letter-anything-open = { $tone ->
    [formal] 请问贵司目前是否有需要我们协助的事项？
    [plain] 眼下有什么要我们做的吗？
   *[warm] 您这边最近有什么需要我帮忙的吗？
}
letter-follow-up-order = 您最近一单 { $order } 是 { $order_at }下的。
    .ask = { $tone ->
        [formal] 请问这一单是否一切顺利？
        [plain] 这一单还顺利吗？
       *[warm] 这一单您那边都还顺利吧？
    }
    .more = { $tone ->
        [formal] 如有缺漏或不合适之处，敬请告知，我会妥善处理。
        [plain] 有缺的、不合适的，告诉我。
       *[warm] 如果有缺的或者不合适的，直接告诉我，我来处理。
    }

letter-value-suggestion = { $suggestion_at }您给我们提过一条{ letter-about }建议。
    .ask = { $tone ->
        [formal] 为准确理解您的需求，想请教：在什么场景下对您帮助最大？
        [plain] 什么场景下最用得上？
       *[warm] 我想把它弄明白：在什么场景下对您帮助最大？
    }
    .more = { $tone ->
        [formal] 了解之后，我会将目前可行的办法整理给您。
        [plain] 清楚了我先把现成的办法整理给您。
       *[warm] 清楚了我就能先把现成能用的办法整理给您。
    }
letter-value-order = 您 { $order_at }在我们这里下过一单（{ $order }）。
    .ask = { $tone ->
        [formal] 方便的话，请问主要用于哪些方面？
        [plain] 主要用来做什么？
       *[warm] 方便说一两句主要用来做什么吗？
    }
    .more = { $tone ->
        [formal] 我会只挑选与您业务相关的几条建议发给您。
        [plain] 我挑有用的几条建议发您。
       *[warm] 我只挑对您有用的几条建议发给您，别的不打扰。
    }
letter-value-industry = { $tone ->
    [formal] 想为您整理一些{ $industry }领域切实可用的资料，而非宣传材料。
    [plain] 想给您找点{ $industry }里用得上的东西。
   *[warm] 想给您找点{ $industry }里真正用得上的东西，而不是宣传册。
}
    .ask = { $tone ->
        [formal] 请问目前哪项工作最占用您的时间？
        [plain] 眼下哪件事最费时间？
       *[warm] 眼下哪件事最费您时间？
    }
    .more = { $tone ->
        [formal] 我会据此查找合适的案例或方法。
        [plain] 我照着去找案例或方法。
       *[warm] 我照着这件事去找合适的案例或方法。
    }

letter-renewal-contract-about = 您和我们的合同 { $contract }（{ $contract_subject }）将于 { $contract_ends_on }到期。
    .ask = { $tone ->
        [formal] 在准备下一期方案之前，想先听取您的意见：哪些做得好，哪些需要改进？
        [plain] 准备下一期之前先问一句：哪些做得好，哪些该改？
       *[warm] 在准备下一期之前，想先听听您的：哪些做得好，哪些该改？
    }
    .more = { $tone ->
        [formal] 电话沟通一刻钟即可，时间以您方便为准。
        [plain] 电话里一刻钟就够。
       *[warm] 电话里聊一刻钟就够，时间您定。
    }
letter-renewal-contract = 您和我们的合同 { $contract } 将于 { $contract_ends_on }到期。
    .ask = { letter-renewal-contract-about.ask }
    .more = { letter-renewal-contract-about.more }
letter-renewal-both = 您从 { $since }起就和我们合作，最近一单是 { $order_at }的 { $order }。
    .ask = { letter-renewal-contract-about.ask }
    .more = { letter-renewal-contract-about.more }
letter-renewal-order = 您最近一单 { $order } 是 { $order_at }下的。
    .ask = { letter-renewal-contract-about.ask }
    .more = { letter-renewal-contract-about.more }
letter-renewal-since = 您从 { $since }起就和我们合作。
    .ask = { letter-renewal-contract-about.ask }
    .more = { letter-renewal-contract-about.more }
letter-delivered-both = 过去十二个月您在我们这里下了 { $orders_year } 单，我们为您处理完了 { $solved } 件事。
letter-delivered-orders = 过去十二个月您在我们这里下了 { $orders_year } 单。
letter-delivered-solved = 过去十二个月我们为您处理完了 { $solved } 件事。

letter-wake-up-order = 您上一单 { $order } 是 { $order_at }下的，之后就没再见您下单了。
    .ask = { $tone ->
        [formal] 想请教：是贵司情况有变化，还是我们哪里做得不够好？
        [plain] 是您那边有变化，还是我们哪里没做好？
       *[warm] 是您那边有变化，还是我们哪里没做好？
    }
    .more = { $tone ->
        [formal] 您的直言对我们十分重要。
        [plain] 您直说就行。
       *[warm] 您直说一句，对我就是最大的帮助。
    }
letter-wake-up-touch = 上次和您联系还是 { $touch_at }。
    .ask = { letter-wake-up-order.ask }
    .more = { letter-wake-up-order.more }
letter-wake-up-since = 您从 { $since }起就是我们的客户，最近却联系得少了。
    .ask = { letter-wake-up-order.ask }
    .more = { letter-wake-up-order.more }
letter-play-diagnosis = { $tone ->
    [formal] 如您方便，我可以用半小时为您梳理一遍现状：哪些运转良好，哪些耗费时间，哪些可以改进，并把结论书面整理给您。
    [plain] 我可以花半小时帮您把现状过一遍，结论书面给您。
   *[warm] 您要是有兴趣，我们花半小时把现在的情况过一遍：哪些顺，哪些费时间，哪些还能更好，我把结论写下来给您。
}
letter-play-known = { $tone ->
    [formal] 您是我们的老客户，资料和历史订单都有存档，无需从头再来。
    [plain] 您是老客户，资料和以前的订单都在，不用从头来。
   *[warm] 您是老朋友了，您的资料和以前的订单都还在我这儿，需要什么不用从头说起。
}

letter-greeting-birthday = { $tone ->
    [formal] 值此生日之际，谨祝您身体健康、万事顺意。
    [plain] 祝您生日快乐，万事顺意。
   *[warm] 祝您生日快乐！愿您和家人健康平安，新的一岁事事顺心。
}
letter-greeting-festival = { $tone ->
    [formal] 值此{ $occasion_name }之际，谨祝您及家人安康顺遂。
    [plain] { $occasion_name }到了，祝您和家人一切顺利。
   *[warm] { $occasion_name }到了，祝您和家人平安喜乐，趁这几天好好歇一歇。
}
letter-greeting-years = { $occasion_day }是我们合作 { $years } 周年的日子。
    .ask = { $tone ->
        [formal] 谨此感谢您一直以来的信任与支持。
        [plain] 谢谢您。
       *[warm] 谢谢您一路的信任，也谢谢我们一起做成的这些事。
    }
letter-greeting-anniversary = { $tone ->
    [formal] 您自 { $since }起与我们合作，值此周年之际，谨此感谢您的信任与支持。
    [plain] 您从 { $since }起和我们合作，谢谢您。
   *[warm] 您从 { $since }起就和我们合作，又是一个周年，谢谢您一路的信任。
}
letter-greeting-praise = { $praise_at }您夸了我们{ letter-praised }，大家都很受鼓舞。
    .ask = { $tone ->
        [formal] 今日并无他事，谨致问候与谢意。
        [plain] 没有别的事，谢谢您。
       *[warm] 今天没有别的事，就是问候一声，谢谢您。
    }
letter-greeting-since = 您从 { $since }起就和我们合作。
    .ask = { $tone ->
        [formal] 今日并无他事，谨致问候，感谢您一直以来的信任。
        [plain] 没有别的事，问候一声，谢谢您。
       *[warm] 今天没有别的事，就是问候一声，谢谢您一直以来的信任。
    }
letter-greeting-touch = 上次和您联系还是 { $touch_at }。
    .ask = { $tone ->
        [formal] 今日并无他事，谨致问候，祝您一切顺利。
        [plain] 没有别的事，祝您顺利。
       *[warm] 今天没有别的事，就是问候一声，愿您一切顺利。
    }
letter-greeting-order = 再次感谢您 { $order_at }的订单。
    .ask = { letter-greeting-touch.ask }

letter-maintenance-serial = 您的{ $product }（序列号 { $serial }）下次保养是 { $maintenance_on }。
    .ask = { $tone ->
        [formal] 请问哪几天方便安排工程师上门？
        [plain] 哪几天方便上门？
       *[warm] 您看哪几天方便我们上门？
    }
    .more = { $tone ->
        [formal] 如使用中发现异常，请提前告知，以便工程师有所准备。
        [plain] 用着有什么不对劲，提前说一声，工程师好准备。
       *[warm] 平时用着要是有什么不对劲的，也提前跟我说一声，工程师来之前好有准备。
    }
letter-maintenance-product = 您的{ $product }下次保养是 { $maintenance_on }。
    .ask = { letter-maintenance-serial.ask }
    .more = { letter-maintenance-serial.more }

letter-apology-ticket = { $tone ->
    [formal] { $complaint_at }您反映的问题给您带来不便，谨此致歉。投诉 { $complaint } 正在处理中。
    [plain] { $complaint_at }您反映的问题，抱歉给您添麻烦了。投诉 { $complaint } 正在处理。
   *[warm] { $complaint_at }您反映的问题给您添麻烦了，实在抱歉。投诉 { $complaint } 正在处理，我会一直跟到您说满意为止。
}
    .more = { $tone ->
        [formal] 如我们的理解有偏差，请直接与我联系。
        [plain] 我们理解得不对的地方，直接告诉我。
       *[warm] 如果我们哪里理解得不对，请直接告诉我。
    }
letter-apology-words = { $tone ->
    [formal] 关于您 { $complaint_at }反映的{ letter-trouble }问题，谨此致歉。
    [plain] { $complaint_at }您反映的{ letter-trouble }问题，抱歉给您添麻烦了。
   *[warm] { $complaint_at }您跟我们反映的{ letter-trouble }问题，实在抱歉，也谢谢您直言相告。
}
    .ask = { $tone ->
        [formal] 为妥善解决，请问您何时方便通话？
        [plain] 什么时候方便打个电话，我来解决？
       *[warm] 我想把它解决好：您什么时候方便接个电话？
    }
letter-apology-rating = { $tone ->
    [formal] { $rated_at }您对工单 { $rated } 的处理结果不满意，谨此致歉。
    [plain] { $rated_at }您对工单 { $rated } 的处理不满意，抱歉。
   *[warm] { $rated_at }您对工单 { $rated } 的处理不满意，没能让您放心，实在抱歉。
}
    .ask = { letter-apology-words.ask }

letter-also-ticket = { $tone ->
    [formal] 另外，您的工单 { $ticket } 仍在处理中，我会持续跟进。
   *[warm] 另外，您的工单 { $ticket } 还在处理中，我一直看着。
}
letter-phase-new = { $tone ->
    [formal] 合作伊始，如有任何疑问，欢迎随时提出。
    [plain] 刚开始合作，有问题随时问。
   *[warm] 刚开始合作，遇到什么问题都可以随时问我，小事也行。
}
letter-phase-fading = { $tone ->
    [formal] 如有我们需要改进之处，恳请直言。
    [plain] 我们有该改的地方，请直说。
   *[warm] 要是我们哪里该改，您直接跟我说，比我自己猜强。
}
letter-rank-top = { $tone ->
    [formal] 如有需要，可随时直接与我联系。
    [plain] 有事直接找我。
   *[warm] 有任何事，随时直接找我。
}
letter-rank-low = { $tone ->
    [formal] 简单回复即可，后续由我安排。
    [plain] 回一个字就行。
   *[warm] 简单回一句就行，剩下的我来办。
}
letter-occasion-birthday = 生日
letter-occasion-anniversary = 合作周年
letter-occasion-festival = 节日
letter-topic = { $about ->
    [delivery] 物流
    [quality] 质量
    [price] 价格
    [invoice] 发票
    [refund] 退款
    [product] 产品
    [service] 服务
    [account] 账户
   *[other] {""}
}
letter-about = { $about ->
    [other] {""}
   *[named] 关于{ letter-topic }的
}
letter-praised = { $about ->
    [other] {""}
   *[named] 的{ letter-topic }
}
letter-trouble = { $about ->
    [other] {""}
   *[named] { letter-topic }
}
letter-joint = ||
