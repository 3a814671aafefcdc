/** {@code sekimori tuf}: the gateway's own client of a release repository, for examining one by hand or by a program. */
@NullMarked
package io.sekimori.cli.tuf;

import org.jspecify.annotations.NullMarked;
