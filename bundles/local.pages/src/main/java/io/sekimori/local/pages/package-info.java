/** What people see of a gateway in a browser beside it: static files, which speak to its REST. */
@NullMarked
package io.sekimori.local.pages;

import org.jspecify.annotations.NullMarked;
