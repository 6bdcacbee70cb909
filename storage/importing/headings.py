"""Headings: which column of a file is what, proposed from what the columns are called in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, get_args

from storage.importing.cells import Cell, folded

Field = Literal[
    "number",
    "customer",
    "ordered_at",
    "quantity",
    "price",
    "amount",
    "name",
    "region",
    "currency",
    "product",
    "title",
    "starts_on",
    "ends_on",
    "subject",
    "contract",
    "serial",
    "installed_on",
    "maintenance_on",
    "every_months",
    "contact",
    "phone",
    "email",
    "birthday",
    "language",
    "culture",
]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)

# Beside each field the headings that mean it, the surest first, without spaces and signs and in lower case.
NAMES: Final[Mapping[Field, str]] = {
    "number": "invoiceno invoicenumber invoice orderno ordernumber orderid order 订单号 订单编号 订单号码 单号 单据编号 "
    "销售单号 发票号 发票号码 订单 订单id 合同号 訂單編號 訂單號碼",
    "customer": "customerid customerno customernumber customercode accountno accountid clientid buyerid customerref "
    "客户编号 客户编码 客户代码 客户id 客户号 会员编号 会员号 会员id 买家id 用户id 客戶編號",
    "ordered_at": "invoicedate orderdate orderedat orderdatetime ordertime date datetime createdat 下单时间 下单日期 "
    "订单日期 订单时间 订单创建时间 开票日期 成交时间 付款时间 销售日期 单据日期 日期 时间 訂單日期 下單時間",
    "quantity": "quantity qty units pieces 数量 购买数量 销售数量 件数 商品数量 數量",
    "price": "unitprice price unitcost priceperunit 单价 商品单价 销售单价 售价 价格 含税单价 單價",
    "amount": "amount linetotal totalamount orderamount ordertotal total totalprice revenue sales netamount 金额 总金额 "
    "订单金额 实付金额 实收金额 销售额 销售金额 成交金额 总价 小计 合计金额 价税合计 金額 訂單金額",
    "name": "customername customer clientname client company companyname account accountname buyer 客户名称 客户 "
    "客户姓名 公司名称 公司 单位名称 购货单位 买家 会员名称 会员名 客戶名稱 客戶",
    "region": "country region area province state city 国家 地区 区域 国家地区 省份 省 城市 所在地区 地區 國家",
    "currency": "currency currencycode ccy 币种 货币 币别",
    "product": "stockcode sku productcode productid itemcode itemno item 商品编号 商品编码 货号 产品编号 产品编码 物料编码",
    "title": "description productname itemname product 商品名称 产品名称 品名 商品 产品 物料名称",
}
NOTHING: Final[tuple[int, None]] = (-1, None)
_ASIDE = re.compile(r"[(\[][^)\]]*[)\]]")  # 金额(元), InvoiceDate [UTC]
WHOSE: Final[tuple[tuple[Field, ...], ...]] = (("name",), ("customer",))
"""A file says whose its rows are by a column of names or of numbers."""


@dataclass(frozen=True)
class Vocabulary:
    """How the columns of one kind of file are called, and what such a file cannot do without.

    Of each need one of several sets of fields is enough; the last of them is asked for.
    """

    names: Mapping[Field, str]
    needs: tuple[tuple[tuple[Field, ...], ...], ...]

    @cached_property
    def meanings(self) -> Mapping[str, tuple[int, Field]]:
        """Give for each heading its field, and how sure that is: 0 is the surest."""
        return {name: (rank, field) for field, names in self.names.items() for rank, name in enumerate(names.split())}


ORDERS: Final = Vocabulary(NAMES, ((("number",),), (("ordered_at",),), WHOSE, (("amount",), ("quantity", "price"))))


def propose(headings: Sequence[Cell], vocabulary: Vocabulary = ORDERS) -> dict[Field, int]:
    """Propose the place of each field, from 0; where two columns could be one field, the surer heading wins."""
    found: dict[Field, tuple[int, int]] = {}
    for place, heading in enumerate(headings):
        rank, field = vocabulary.meanings.get(_key(heading), NOTHING)
        if field is not None and (field not in found or rank < found[field][0]):
            found[field] = (rank, place)
    return {field: found[field][1] for field in FIELDS if field in found}


def override(proposed: Mapping[Field, int], headings: Sequence[Cell], wanted: Mapping[Field, str]) -> dict[Field, int]:
    """Put a person's own choice of headings over the proposal; a heading that is not there takes the field away."""
    places = {_key(heading): place for place, heading in reversed(list(enumerate(headings)))}
    chosen = {field: places.get(_key(heading)) for field, heading in wanted.items()}
    merged: dict[Field, int | None] = {**proposed, **chosen}
    return {field: place for field, place in merged.items() if place is not None}


def missing(places: Mapping[Field, int], vocabulary: Vocabulary = ORDERS) -> tuple[Field, ...]:
    """Name what such a file cannot do without and this one has not."""
    lacking = [need for need in vocabulary.needs if not any(places.keys() >= set(enough) for enough in need)]
    return tuple(field for need in lacking for field in need[-1] if field not in places)


def _key(heading: Cell) -> str:
    text = _ASIDE.sub("", folded(heading).casefold())
    return "".join(sign for sign in text if sign.isalnum())
