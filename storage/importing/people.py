"""Files of contacts: the people at customers that are known, how they are reached, when they have birthday."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from storage.celebrants import birthday_values
from storage.columns import new_id
from storage.contacts import Contact
from storage.customers import Customer, fold
from storage.importing import cells, dates
from storage.importing.cells import Cell, Row
from storage.importing.headings import NAMES, WHOSE, Field, Vocabulary
from storage.importing.problems import BadCell
from storage.importing.reading import BadLine, Reading
from storage.importing.records import Counted
from storage.store import Store

CONTACTS: Final = Vocabulary(
    {
        "contact": "contact contactname contactperson person fullname name 联系人 联系人姓名 姓名 联系人名称 聯絡人",
        "customer": NAMES["customer"],
        "name": "customername customer clientname client company companyname account accountname 客户名称 客户 公司名称 公司 "
        "单位名称 单位 客戶名稱",
        "phone": "phone mobile mobilephone phonenumber tel telephone cell 手机 手机号 手机号码 电话 联系电话 电话号码 移动电话",
        "email": "email mail emailaddress 邮箱 电子邮箱 电子邮件 邮件",
        "birthday": "birthday birthdate dateofbirth dob born 生日 出生日期 出生年月日",
        "language": "language lang 语言",
        "culture": "culture 文化 文化背景",
    },
    ((("contact",),), WHOSE),
)
LANGUAGES: Final = {
    "zh-CN": "zh zh-cn chinese 中文 汉语 简体中文 普通话",
    "en": "en en-us en-gb english 英文 英语",
}
_LANGUAGE_OF: Final = {word: language for language, words in LANGUAGES.items() for word in words.split()}
LONGEST_CULTURE: Final = 64
_PHONE = re.compile(r"\+?[0-9][0-9 ()/.-]{3,30}(?:(?:ext|x|转)\.? ?[0-9]{1,6})?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_CULTURE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class FilePerson:
    """A contact as a row says it; what the row leaves open stays as it is known."""

    name: str
    phone: str | None
    email: str | None
    birthday: str | None
    language: str | None
    culture: str | None


@dataclass(frozen=True)
class People:
    """How contacts are read and written; within a customer they are known by their name."""

    today: date
    now: datetime
    what: str = "contacts"
    vocabulary: Vocabulary = CONTACTS
    dated: Field = "birthday"

    def read(self, reading: Reading, row: Row, *, day_first: bool | None) -> FilePerson:
        name = cells.words(reading.cell(row, "contact"))
        if not name:
            raise BadLine("contact", "import-refused-no-name", reading.cell(row, "contact"))
        return FilePerson(
            name=name,
            phone=reading.maybe(row, "phone", _phone),
            email=reading.maybe(row, "email", _email),
            birthday=reading.maybe(row, "birthday", lambda cell: dates.birthday(cell, self.today, day_first=day_first)),
            language=reading.maybe(row, "language", _language),
            culture=reading.maybe(row, "culture", _culture),
        )

    def key(self, record: FilePerson) -> str:
        return fold(record.name)

    def put(
        self, store: Store, records: Sequence[tuple[Customer, FilePerson]], import_id: str, *, dry: bool
    ) -> Counted:
        people = store.contacts.at_customers(sorted({customer.id for customer, _ in records}))
        known = {(contact.customer_id, fold(contact.name or "")): contact for contact in people}
        counted = Counted()
        for customer, record in records:
            before = known.get((customer.id, fold(record.name)))
            values = _differing(record, before)
            counted += Counted(before is None, before is not None and bool(values), before is not None and not values)
            if not dry:
                self._write(store, customer, record.name, before, values)
        return counted

    def _write(
        self, store: Store, customer: Customer, name: str, before: Contact | None, values: dict[str, Any]
    ) -> None:
        if before is None:
            named = {"language": customer.language, "name": name}
            store.contacts.add(Contact(id=new_id(), customer_id=customer.id, **(named | values)), self.now)
        elif values:
            store.contacts.change(before.id, **values)
            store.contacts.add_marks(replace(before, **values))


def _differing(record: FilePerson, before: Contact | None) -> dict[str, Any]:
    said = ("phone", "email", "birthday", "language", "culture")
    values = {name: getattr(record, name) for name in said if getattr(record, name) is not None}
    if before is not None:
        values = {name: value for name, value in values.items() if getattr(before, name) != value}
        if "birthday" in values and len(before.birthday or "") > len(values["birthday"]) == len("05-24"):
            values = _unless_known(values, before)
    return values | (birthday_values(values["birthday"]) if "birthday" in values else {})


def _unless_known(values: dict[str, Any], before: Contact) -> dict[str, Any]:
    """A birthday without its year says nothing new about one whose year is known."""
    if (before.birthday or "").endswith(values["birthday"]):
        return {name: value for name, value in values.items() if name != "birthday"}
    return values


def _phone(cell: Cell) -> str:
    """Read a phone number as it is written; one that a spreadsheet turned into 1.38E+10 is damaged."""
    text = cells.identifier(cell)
    if not _PHONE.fullmatch(text.casefold()):
        raise BadCell("import-refused-phone")
    return text


def _email(cell: Cell) -> str:
    text = cells.folded(cell)
    if not _EMAIL.fullmatch(text) or len(text) > cells.LONGEST_NAME:
        raise BadCell("import-refused-email")
    return text


def _language(cell: Cell) -> str:
    known = _LANGUAGE_OF.get(cells.folded(cell).casefold().replace("_", "-"))
    if known is None:
        raise BadCell("import-refused-language")
    return known


def _culture(cell: Cell) -> str:
    text = cells.folded(cell).casefold()
    if not _CULTURE.fullmatch(text) or len(text) > LONGEST_CULTURE:
        raise BadCell("import-refused-culture")
    return text
