@NullMarked
package io.sekimori.web.jetty;

import org.jspecify.annotations.NullMarked;
