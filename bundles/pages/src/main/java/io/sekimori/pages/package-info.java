/** What people see of a console in a browser: static files, which speak to its REST. */
@NullMarked
package io.sekimori.pages;

import org.jspecify.annotations.NullMarked;
