/** The way a person on the machine speaks with the gateway: a UNIX domain socket, and the client for it. */
@NullMarked
package io.sekimori.control.socket;

import org.jspecify.annotations.NullMarked;
