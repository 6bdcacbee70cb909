from __future__ import annotations

import io
from pathlib import Path

import pytest

from handlers.import_report import render_problem, render_report, write_refused
from prompts.phrases import phrases
from scheduler.reasons import told
from storage.importing.problems import UnreadableFile
from storage.importing.tables import open_table
from tests.importing.desk import RETAIL, Desk, rows

ENGLISH = """\
Imported orders.csv: 4 rows read.
Columns: order number = “InvoiceNo”, customer number = “CustomerID”, order date = “InvoiceDate”, \
quantity = “Quantity”, unit price = “UnitPrice”, customer name = “CustomerName”, region = “Country”
Orders: 2 (2 new, 0 changed, 0 unchanged)
One of them is a cancellation and counts as a negative amount.
Customers: 1 (1 new)
2 rows were left out:
  1 × no customer number, so the sale belongs to nobody
      row 4, CustomerID: (blank)
  1 × not a date
      row 5, InvoiceDate: soon
Tiers of these customers as of Jun 2, 2025, by orders in GBP:
  growth: 1"""
CHINESE = """\
已导入 orders.csv，共读取 4 行。
列对应：订单号＝“InvoiceNo”、客户编号＝“CustomerID”、下单时间＝“InvoiceDate”、数量＝“Quantity”、单价＝“UnitPrice”、\
客户名称＝“CustomerName”、地区＝“Country”
订单 2 笔（新增 2，更新 0，无变化 0）
其中 1 笔为退货或取消，按负金额计入。
客户 1 家（新增 1）
有 2 行未导入：
  1 行：缺少客户编号，无法归属
      第 4 行，CustomerID：（空）
  1 行：不是有效日期
      第 5 行，InvoiceDate：soon
截至 2025年6月2日，这些客户的分层（订单金额按 GBP 计）：
  腰部潜力客户：1 家"""


@pytest.mark.parametrize(("language", "said"), [("en", ENGLISH), ("zh-CN", CHINESE)])
def test_the_report_says_what_came_in_and_what_did_not(desk: Desk, language: str, said: str) -> None:
    content = rows("1,2025-06-01,2,700,K,,UK", "C1,2025-06-02,-1,100,K,,UK", "2,2025-06-02,1,5,,,", "3,soon,1,5,K,,")
    assert render_report(desk.takes(content, currency="GBP"), phrases(language)) == said


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_second_and_a_dry_import_are_told_apart_from_the_first(desk: Desk, language: str) -> None:
    t = phrases(language)
    content = rows("1,2025-06-01,2,700,K,,UK")
    dry = render_report(desk.takes(content, dry=True), t).splitlines()
    desk.takes(content)
    again = render_report(desk.takes(content), t).splitlines()
    assert dry[0] == t("import-foretold", file="orders.csv", rows=1)
    assert t("import-nothing-new") in again
    assert t("import-nothing-new") not in dry
    assert t("import-none-refused") in dry
    less = rows("1,2025-06-01,2,70,K,,UK")
    assert any(
        "→" in line or "dormant" in line or "长尾" in line for line in render_report(desk.takes(less), t).splitlines()
    )


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_real_lines_give_a_report_that_fits_a_screen(desk: Desk, language: str) -> None:
    said = render_report(desk.takes(RETAIL, currency="GBP"), phrases(language))
    assert len(said.splitlines()) < 30
    assert "import-" not in said


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_reason_for_a_tier_can_be_said(desk: Desk, language: str) -> None:
    desk.takes(rows("1,2024-09-01,2,70000,K,,UK"), as_of=desk.now.date())
    t = phrases(language)
    said = [t(key, **values) for key, values in told(desk.customer("K").tier_why)]
    assert len(said) == 3
    assert "140,000" in said[0]


def test_the_refused_rows_go_into_a_table_that_runs_no_formulas(desk: Desk) -> None:
    report = desk.takes(rows("1,2025-06-01,=cmd(),700,K,,UK", '2,"so,on",1,5,K,,'))
    file = io.StringIO()
    write_refused(report, phrases("en"), file)
    assert file.getvalue().splitlines() == [
        "row,column,value,why it was left out",
        '2,Quantity,\'=cmd(),"not a number, or one that can be read in two ways"',
        '3,InvoiceDate,"so,on",not a date',
    ]


def test_what_is_missing_is_said_in_the_words_of_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("订单号,地区\n1,上海\n", encoding="gbk")
    with pytest.raises(UnreadableFile) as told_why:
        open_table(path)
    assert render_problem(told_why.value, phrases("en")) == (
        "No column for: order date, customer number, quantity, unit price. Headings found: 订单号, 地区. "
        "Rename the columns, or say which one is which."
    )
    assert render_problem(told_why.value, phrases("zh-CN")) == (
        "缺少以下列：下单时间、客户编号、数量、单价。文件中的表头：订单号, 地区。请修改表头，或指明各列对应的内容。"
    )
    problem = UnreadableFile("import-unreadable-row", row=1234)
    assert "1234" in render_problem(problem, phrases("en")).replace(",", "")
