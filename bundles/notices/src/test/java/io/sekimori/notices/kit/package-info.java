/** Who takes notices: a mail server, and certificates for servers that tests trust. */
@org.jspecify.annotations.NullMarked
package io.sekimori.notices.kit;
