/** Changes of gateways' settings in the records, signed by the director and followed until the gateway proved the end. */
@NullMarked
package io.sekimori.tuning.records;

import org.jspecify.annotations.NullMarked;
