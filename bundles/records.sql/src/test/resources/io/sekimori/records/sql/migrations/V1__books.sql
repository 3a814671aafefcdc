create table shelf_book (
    id int primary key,
    title varchar(200) not null
);
