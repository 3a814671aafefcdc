/** The demo: a gateway on this machine, its updates, its enemies and its accidents, each with a measured line. */
@org.jspecify.annotations.NullMarked
package io.sekimori.demo;
