# Importing files: the report, why a row was left out, why a file cannot be read.

import-and = { ", " }
import-field = { $field ->
    [number] order number
    [customer] customer number
    [ordered_at] order date
    [quantity] quantity
    [price] unit price
    [amount] amount
    [name] customer name
    [region] region
    [currency] currency
    [product] product code
    [title] product name
    [starts_on] first day
    [ends_on] last day
    [contract] contract number
    [subject] subject
    [serial] serial number
    [installed_on] installed on
    [maintenance_on] next maintenance
    [every_months] months between
    [contact] contact name
    [phone] phone
    [email] e-mail
    [birthday] birthday
    [language] language
    [culture] culture
   *[other] { $field }
}
import-column = { $field } = “{ $heading }”

## The report

import-done = Imported { $file }: { $rows } rows read.
import-foretold = Dry run of { $file }: { $rows } rows read, nothing written.
import-columns = Columns: { $columns }
import-orders = Orders: { $orders } ({ $new } new, { $changed } changed, { $same } unchanged)
import-cancellations = { $count ->
    [one] One of them is a cancellation and counts as a negative amount.
   *[other] { $count } of them are cancellations and count as negative amounts.
}
import-customers = Customers: { $customers } ({ $new } new)
import-contracts = Contracts: { $count } ({ $new } new, { $changed } changed, { $same } unchanged)
import-products = Products: { $count } ({ $new } new, { $changed } changed, { $same } unchanged)
import-contacts = Contacts: { $count } ({ $new } new, { $changed } changed, { $same } unchanged)
import-nothing-new = All of this was here already; nothing has changed.
import-none-refused = Every row was taken.
import-refused = { $count ->
    [one] One row was left out:
   *[other] { $count } rows were left out:
}
import-refused-reason = {"  "}{ $count } × { $reason }
import-refused-row = {"      "}row { $row }, { $column }: { $value }
import-refused-blank = (blank)
import-tiers = Tiers of these customers as of { DATETIME($day, dateStyle: "medium") }, by orders in { $currency }:
import-tier = {"  "}{ $tier }: { $count }
import-moved = {"  "}moved from { $before } to { $after }: { $count }
import-refused-table =
    .row = row
    .column = column
    .value = value
    .reason = why it was left out

## Why a row was left out

import-refused-no-customer = no customer number, so the sale belongs to nobody
import-refused-no-order = no order number
import-refused-damaged-id = a spreadsheet has damaged this number; format the column as text and export it again
import-refused-too-long = longer than any order or customer number
import-refused-not-goods = carriage, fee or another line that is not a sale
import-refused-free = free of charge, adds nothing
import-refused-no-number = the number is missing
import-refused-number = not a number, or one that can be read in two ways
import-refused-too-large = larger than any real amount
import-refused-no-date = the date is missing
import-refused-date = not a date
import-refused-ambiguous-date = day and month could be swapped; say which comes first
import-refused-date-range = before 1990, so the date is a slip
import-refused-future = in the future, so the date is a slip
import-refused-currency = not a currency
import-refused-unknown-customer = no customer has this number or name; bring in the customer first
import-refused-several-customers = several customers have this name; give the customer number
import-refused-twice = stands in this file already, further up
import-refused-no-contract = no contract number
import-refused-ends-before = ends before it starts
import-refused-no-product = no product
import-refused-no-serial = no serial number
import-refused-months = not a number of months between 1 and 120
import-refused-no-name = no name
import-refused-birthday = in the future or too long ago to be a birthday
import-refused-phone = not a phone number
import-refused-email = not an e-mail address
import-refused-language = neither English nor Chinese
import-refused-culture = not the name of a culture: lower-case letters, such as chinese or western
import-refused-other-currency = another currency than the order's other lines

## Why a file cannot be read

import-unreadable-missing = There is no such file.
import-unreadable-closed = The file cannot be opened. Check its permissions, and that it is not a folder.
import-unreadable-empty = The file is empty.
import-unreadable-no-rows = The file has headings but no rows below them.
import-unreadable-no-table = This is not a table. Save it as CSV or XLSX and try again.
import-unreadable-damaged = The file is damaged or was cut off. Export or download it again.
import-unreadable-locked = The workbook is locked with a password. Save a copy without one and import that.
import-unreadable-too-large = The workbook is too large to open. Save the sheet as CSV and import that.
import-unreadable-row = Row { $row } cannot be read: most likely a quotation mark is opened there and never closed. Nothing was imported.
import-unreadable-columns = No column for: { $missing }. Headings found: { $found }. Rename the columns, or say which one is which.
