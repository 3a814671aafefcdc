create table shelf_room (
    id int primary key,
    dry boolean not null,
    opened bigint
);
create table shelf_book (
    id bigint primary key,
    room int not null references shelf_room (id),
    title varchar(200) not null,
    note text
);
