create table people_person (
    name varchar(64) primary key,
    roles varchar(200) not null,
    state varchar(30) not null,
    version bigint not null,
    password_hash varchar(200) not null,
    password_since bigint not null
);

create table people_session (
    token_hash char(64) primary key,
    id varchar(32) not null,
    person varchar(64) not null,
    kind varchar(20) not null,
    since bigint not null,
    used bigint not null,
    ends bigint not null,
    address varchar(100) not null
);
create index people_session_person on people_session (person);
create index people_session_ends on people_session (ends);

create table people_failure (
    subject varchar(200) primary key,
    failures int not null,
    last_failure bigint not null,
    closed_until bigint not null
);
create index people_failure_last on people_failure (last_failure);
