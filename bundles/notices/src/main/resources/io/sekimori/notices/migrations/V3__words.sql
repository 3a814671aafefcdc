-- What is told of an update has the words of its publishers.
alter table notices_fact alter column detail set data type varchar(2000);
