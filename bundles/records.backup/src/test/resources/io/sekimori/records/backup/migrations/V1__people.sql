create table people_session (token_hash char(64) primary key);
