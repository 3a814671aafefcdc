/**
 * Copies of a console's records: from one kind of database to another, and with the console's keys into one encrypted
 * file. A library for programs and bundles, without a component of its own.
 */
@NullMarked
package io.sekimori.records.backup;

import org.jspecify.annotations.NullMarked;
