@NullMarked
package io.sekimori.records.sql;

import org.jspecify.annotations.NullMarked;
