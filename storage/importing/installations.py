"""Files of installed products: what stands at which customer, and when it is maintained next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from storage.agreements import Installation
from storage.columns import new_id
from storage.customers import Customer
from storage.importing import cells, dates
from storage.importing.cells import Cell, Row
from storage.importing.headings import NAMES, WHOSE, Field, Vocabulary
from storage.importing.problems import BadCell
from storage.importing.reading import BadLine, Reading
from storage.importing.records import Counted
from storage.store import Store

PRODUCTS: Final = Vocabulary(
    {
        "serial": "serial serialno serialnumber sn deviceid assetno assetid 序列号 设备编号 出厂编号 机身号 机身编号 sn号 设备序列号 "
        "产品序列号",
        "product": "product productname model device equipment machine item 产品 产品名称 设备 设备名称 设备型号 型号 产品型号 品名",
        "customer": NAMES["customer"],
        "name": NAMES["name"],
        "installed_on": "installedon installed installdate installationdate deliverydate 安装日期 装机日期 交付日期 安装时间",
        "maintenance_on": "nextmaintenance nextmaintenancedate maintenance maintenancedate nextservice servicedate servicedue "
        "下次保养 下次保养日期 下次保养日 保养日期 下次维护 下次维护日期 维护日期 保养日 保养到期日",
        "every_months": "everymonths intervalmonths interval servicecycle cycle months 保养周期 维护周期 周期 间隔月数 保养间隔 周期月数",
    },
    ((("product",),), (("serial",),), WHOSE),
)
LONGEST: Final = 120
"""Months between two maintenance dates."""


@dataclass(frozen=True, slots=True)
class FileProduct:
    """A product as a row says it; what the row leaves open stays as it is known."""

    serial: str
    product: str
    installed_on: date | None
    maintenance_on: date | None
    every_months: int | None


@dataclass(frozen=True)
class Products:
    """How installed products are read and written; `begins` tells from when on their maintenance is looked for."""

    begins: Callable[[date | None], date | None]
    what: str = "products"
    vocabulary: Vocabulary = PRODUCTS
    dated: Field = "maintenance_on"

    def read(self, reading: Reading, row: Row, *, day_first: bool | None) -> FileProduct:
        product = cells.words(reading.cell(row, "product"))
        if not product:
            raise BadLine("product", "import-refused-no-product", reading.cell(row, "product"))
        return FileProduct(
            serial=reading.present(row, "serial", "import-refused-no-serial"),
            product=product,
            installed_on=reading.maybe(row, "installed_on", lambda cell: dates.day(cell, day_first=day_first)),
            maintenance_on=reading.maybe(row, "maintenance_on", lambda cell: dates.day(cell, day_first=day_first)),
            every_months=reading.maybe(row, "every_months", _months),
        )

    def key(self, record: FileProduct) -> str:
        return record.serial

    def put(
        self, store: Store, records: Sequence[tuple[Customer, FileProduct]], import_id: str, *, dry: bool
    ) -> Counted:
        customers = sorted({customer.id for customer, _ in records})
        known = store.agreements.known_installations(customers, [record.serial for _, record in records])
        counted = Counted()
        for customer, record in records:
            before = known.get((customer.id, record.serial))
            values = self._differing(record, before)
            counted += Counted(before is None, before is not None and bool(values), before is not None and not values)
            if not dry:
                self._write(store, customer, record.serial, before, values, import_id)
        return counted

    def _differing(self, record: FileProduct, before: Installation | None) -> dict[str, Any]:
        said = ("product", "installed_on", "maintenance_on", "every_months")
        values = {name: getattr(record, name) for name in said if getattr(record, name) is not None}
        if before is not None:
            values = {name: value for name, value in values.items() if getattr(before, name) != value}
        return values | ({"next_on": self.begins(record.maintenance_on)} if "maintenance_on" in values else {})

    def _write(
        self,
        store: Store,
        customer: Customer,
        serial: str,
        before: Installation | None,
        values: dict[str, Any],
        import_id: str,
    ) -> None:
        if before is None:
            new = Installation(new_id(), customer.id, serial=serial, import_id=import_id, **values)
            store.agreements.add_installation(new)
        elif values:
            store.agreements.change_installation(before.id, **values)
            if "maintenance_on" in values:
                store.occasions.call_off(customer.id, "maintenance", before.id)


def _months(cell: Cell) -> int:
    """Read a rhythm: 6, 6个月, 6 months, 1年.

    Raises:
        BadCell: it is no whole number of months of up to ten years.
    """
    text = cells.folded(cell).casefold().replace(" ", "")
    for unit, months in (("个月", 1), ("months", 1), ("month", 1), ("月", 1), ("years", 12), ("year", 12), ("年", 12)):
        if text.endswith(unit):
            return _whole(cells.number(text.removesuffix(unit)) * months)
    return _whole(cells.number(cell))


def _whole(months: Any) -> int:
    if months != int(months) or not 1 <= months <= LONGEST:
        raise BadCell("import-refused-months")
    return int(months)
