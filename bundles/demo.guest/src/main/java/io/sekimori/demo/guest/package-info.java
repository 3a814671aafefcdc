/** A bundle like a customer's, whose releases behave well or badly as a header of their manifest says. */
@org.jspecify.annotations.NullMarked
package io.sekimori.demo.guest;
