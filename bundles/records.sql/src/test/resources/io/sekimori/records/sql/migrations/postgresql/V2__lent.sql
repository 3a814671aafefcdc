alter table shelf_book add column lent timestamp with time zone;
create table shelf_cover (book int primary key references shelf_book (id), image bytea not null);
