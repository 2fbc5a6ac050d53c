-- PDF and e-invoice of each finalized invoice, made once and kept for ever (module documents).

create table invoice_documents (
    number  text primary key references invoices (number),
    -- When the job makes them, unless somebody asks earlier.
    due_at  timestamptz not null,
    made_at timestamptz,
    pdf     bytea,
    -- Absent where the norm allows no e-invoice, e.g. without the recipient's address.
    xml     bytea,
    check (num_nonnulls(made_at, pdf) in (0, 2)),
    check (xml is null or pdf is not null)
);

-- Compressed already.
alter table invoice_documents alter column pdf set storage external;

create index invoice_documents_due on invoice_documents (due_at) where pdf is null;

create function invoice_documents_never_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.pdf is not null or new.number <> old.number then
        raise exception 'The documents of invoice % never change', old.number;
    end if;
    return new;
end
$$;

create trigger invoice_documents_never_change
    before update or delete on invoice_documents
    for each row execute function invoice_documents_never_change();

create trigger invoice_documents_are_never_emptied before truncate on invoice_documents
    for each statement execute function refuse_change();
