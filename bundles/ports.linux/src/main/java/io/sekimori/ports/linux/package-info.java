/** What listens, from the tables of the Linux kernel. */
@NullMarked
package io.sekimori.ports.linux;

import org.jspecify.annotations.NullMarked;
