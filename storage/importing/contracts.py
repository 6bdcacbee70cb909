"""Files of contracts: number and last day of each, of customers that are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from storage.agreements import Contract
from storage.columns import new_id
from storage.customers import Customer
from storage.importing import cells, dates
from storage.importing.cells import Row
from storage.importing.headings import NAMES, WHOSE, Field, Vocabulary
from storage.importing.reading import BadLine, Reading
from storage.importing.records import Counted
from storage.importing.taking import EXACT
from storage.store import Store

CONTRACTS: Final = Vocabulary(
    {
        "contract": "contractno contractnumber contractid contractcode agreementno contract 合同号 合同编号 合同编码 合同号码 "
        "协议编号 合同 合同id 編號 number no 编号",
        "customer": NAMES["customer"],
        "name": NAMES["name"],
        "ends_on": "enddate endson ends end contractend validuntil validto expires expiry expirydate expirationdate lastday "
        "到期日 到期日期 到期时间 合同到期日 合同到期日期 截止日期 结束日期 终止日期 有效期至 到期 合約到期日",
        "starts_on": "startdate startson starts start validfrom begin signedon signed 开始日期 起始日期 生效日期 签订日期 签约日期 "
        "合同开始日期",
        "subject": "subject description service scope title contractname 合同名称 合同内容 服务内容 内容 主题 标的",
        "amount": f"contractvalue contractamount value 合同金额 合同总额 {NAMES['amount']}",
        "currency": NAMES["currency"],
    },
    ((("contract",),), (("ends_on",),), WHOSE),
)


@dataclass(frozen=True, slots=True)
class FileContract:
    """A contract as a row says it; what the row leaves open stays as it is known."""

    number: str
    ends_on: date
    starts_on: date | None
    subject: str | None
    amount: Decimal | None
    currency: str | None


@dataclass(frozen=True)
class Contracts:
    """How contracts are read and written; `begins` tells from when on a renewal is looked for."""

    begins: Callable[[date], date | None]
    default_currency: str
    what: str = "contracts"
    vocabulary: Vocabulary = CONTRACTS
    dated: Field = "ends_on"

    def read(self, reading: Reading, row: Row, *, day_first: bool | None) -> FileContract:
        number = reading.present(row, "contract", "import-refused-no-contract")
        ends_on = reading.day(row, "ends_on", day_first=day_first)
        starts_on = reading.maybe(row, "starts_on", lambda cell: dates.day(cell, day_first=day_first))
        if starts_on and starts_on > ends_on:
            raise BadLine("ends_on", "import-refused-ends-before", reading.cell(row, "ends_on"))
        amount = reading.maybe(row, "amount", cells.number)
        currency = reading.read(row, "currency", cells.currency) or self.default_currency
        subject = cells.words(reading.cell(row, "subject")) or None
        exact = amount.quantize(EXACT) if amount is not None else None
        return FileContract(number, ends_on, starts_on, subject, exact, currency if amount is not None else None)

    def key(self, record: FileContract) -> str:
        return record.number

    def put(
        self, store: Store, records: Sequence[tuple[Customer, FileContract]], import_id: str, *, dry: bool
    ) -> Counted:
        customers = sorted({customer.id for customer, _ in records})
        known = store.agreements.known_contracts(customers, [record.number for _, record in records])
        counted = Counted()
        for customer, record in records:
            before = known.get((customer.id, record.number))
            values = self._differing(record, before)
            counted += Counted(before is None, before is not None and bool(values), before is not None and not values)
            if not dry:
                self._write(store, customer, record.number, before, values, import_id)
        return counted

    def _differing(self, record: FileContract, before: Contract | None) -> dict[str, Any]:
        said = ("ends_on", "starts_on", "subject", "amount", "currency")
        values = {name: getattr(record, name) for name in said if getattr(record, name) is not None}
        if before is not None:
            values = {name: value for name, value in values.items() if getattr(before, name) != value}
        return values | ({"next_on": self.begins(record.ends_on)} if "ends_on" in values else {})

    def _write(
        self,
        store: Store,
        customer: Customer,
        number: str,
        before: Contract | None,
        values: dict[str, Any],
        import_id: str,
    ) -> None:
        if before is None:
            store.agreements.add_contract(Contract(new_id(), customer.id, number, import_id=import_id, **values))
        elif values:
            store.agreements.change_contract(before.id, **values)
            if "ends_on" in values:
                store.occasions.call_off(customer.id, "renewal", before.id)
