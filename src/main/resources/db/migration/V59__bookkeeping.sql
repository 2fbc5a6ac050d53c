-- Exports for bookkeeping, and payments found in a bank's files (module billing).

create table bookkeeping_accounts (
    only_row       boolean     primary key default true check (only_row),
    -- The chart of accounts, as in DATEV's header.
    chart          text        not null check (chart in ('03', '04')),
    consultant     integer     not null check (consultant between 1001 and 9999999),
    client         integer     not null check (client between 1 and 99999),
    -- Digits of general ledger accounts; debtors' accounts have one more.
    account_length integer     not null check (account_length between 4 and 8),
    -- A debtor's account is this number plus the driver's.
    debtor_base    bigint      not null check (debtor_base > 0),
    bank_account   bigint      not null check (bank_account > 0),
    -- The month in which the business year begins.
    year_begins    integer     not null check (year_begins between 1 and 12),
    changed_at     timestamptz not null
);

create table revenue_accounts (
    vat_rate numeric(7, 4) primary key check (vat_rate between 0 and 100),
    account  bigint        not null check (account > 0),
    -- DATEV's tax key, for accounts that do not carry their VAT rate themselves.
    bu_key   text          not null check (bu_key ~ '^[0-9]{0,4}$')
);

create table bank_imports (
    id          bigint generated always as identity primary key,
    imported_by bigint      not null references accounts,
    imported_at timestamptz not null,
    format      text        not null check (format in ('csv', 'camt.053')),
    -- Invoices that the import has marked as paid.
    paid        integer     not null check (paid >= 0)
);

-- Entries of bank statements that name an invoice; nothing is kept of others.
create table bank_entries (
    id         bigint generated always as identity primary key,
    import_id  bigint         not null references bank_imports,
    -- The same entry in another file, or in the same file once more, has the same key.
    entry_key  text           not null constraint bank_entries_once unique,
    booked_on  date           not null,
    amount     numeric(18, 4) not null,
    currency   char(3)        not null,
    remittance text           not null,
    -- What became of it: paid, or why the invoices were left alone.
    verdict    text           not null,
    -- The invoices that it names.
    numbers    text[]         not null
);

create index bank_entries_import on bank_entries (import_id, id);
create index bank_entries_numbers on bank_entries using gin (numbers);

-- Payments of a period.
create index invoices_paid_at on invoices (paid_at, id) where paid_at is not null;

-- Letters and digits of a number, by which it is found in the text of a payment.
create index invoices_bare_number on invoices (upper(regexp_replace(number, '[^A-Za-z0-9]', '', 'g')))
    where finalized_at is not null;
