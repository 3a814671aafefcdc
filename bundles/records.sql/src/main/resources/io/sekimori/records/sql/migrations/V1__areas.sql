create table records_area (
    area varchar(30) not null,
    dialect varchar(20) not null,
    position int not null,
    name varchar(100) not null,
    content text not null,
    primary key (area, dialect, position)
);
