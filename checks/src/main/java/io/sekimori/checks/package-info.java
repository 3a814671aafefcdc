/** The rules of the house: each reads what the build made and answers the violations it found. */
@org.jspecify.annotations.NullMarked
package io.sekimori.checks;
