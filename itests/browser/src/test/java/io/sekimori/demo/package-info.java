/** Uses the demo's stage to set up what a browser looks at. */
@NullMarked
package io.sekimori.demo;

import org.jspecify.annotations.NullMarked;
