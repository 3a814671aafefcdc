/** Statuses in the console's records. */
@NullMarked
package io.sekimori.insight.records;

import org.jspecify.annotations.NullMarked;
