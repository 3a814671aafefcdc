create table authority_activation (gateway_id varchar(14) primary key);
