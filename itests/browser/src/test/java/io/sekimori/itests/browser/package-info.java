/** The console's pages as people see them: a real console, real gateways, Debian's Chromium. */
@NullMarked
package io.sekimori.itests.browser;

import org.jspecify.annotations.NullMarked;
