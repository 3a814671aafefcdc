/**
 * Copies of a console's records: from one kind of database to another, and with the console's keys into one encrypted
 * file. Works without OSGi too.
 */
@NullMarked
package io.sekimori.records.backup;

import org.jspecify.annotations.NullMarked;
