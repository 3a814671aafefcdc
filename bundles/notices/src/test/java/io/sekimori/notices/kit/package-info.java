/** Who takes notices: a mail server, a broker and who subscribes there, and certificates for servers that tests trust. */
@org.jspecify.annotations.NullMarked
package io.sekimori.notices.kit;
