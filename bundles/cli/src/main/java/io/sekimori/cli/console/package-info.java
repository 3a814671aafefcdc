/** The commands of a console's people: they speak to it by REST over HTTPS, from any machine. */
@NullMarked
package io.sekimori.cli.console;

import org.jspecify.annotations.NullMarked;
