package express.polaris.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;

/** Checks that all text on a page is readable in its place. */
final class Layout {

    /**
     * Elements that are clipped without an ellipsis, visible only by scrolling within their box, or overlapping a
     * neighbour.
     */
    private static final String CUT = """
        () => [...document.querySelectorAll('body *')].filter(it => {
          const style = getComputedStyle(it);
          const hides = value => value === 'hidden' || value === 'clip';
          const box = it.classList.contains('box-flush');
          if (it.clientWidth < 2 || !it.checkVisibility() || it.closest('svg, select, input, .visually-hidden') || style.textOverflow === 'ellipsis') {
            return false;
          }
          const flows = !it.closest('thead') && ['flex', 'grid', 'block'].includes(style.display) && style.overflowX === 'visible';
          return it.scrollWidth > it.clientWidth + 1 && (hides(style.overflowX) || box || flows)
              || it.scrollHeight > it.clientHeight + 1 && hides(style.overflowY);
        }).map(it => it.outerHTML.slice(0, 200))
        """;

    /** Text that extends into the padding of its table cell or beyond, into the next cell. */
    private static final String SPILT = """
        () => {
          const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
          const spilt = [];
          for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
            const cell = text.parentElement.closest('td, th');
            if (cell === null || !text.parentElement.checkVisibility() || text.parentElement.closest('.visually-hidden')) continue;
            const style = getComputedStyle(cell);
            if (style.display !== 'table-cell' || cell.parentElement.clientWidth < 2) continue;
            if (getComputedStyle(text.parentElement).textOverflow === 'ellipsis') continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            const written = range.getBoundingClientRect();
            const edge = cell.getBoundingClientRect();
            if (written.width > 0 && (written.left < edge.left + parseFloat(style.paddingLeft) - 1
                || written.right > edge.right - parseFloat(style.paddingRight) + 1)) {
              spilt.push(cell.outerHTML.slice(0, 200));
            }
          }
          return spilt;
        }
        """;

    private Layout() {}

    static void everythingHasItsPlace(Page page) {
        assertThat((List<?>) page.evaluate(CUT)).as("cut off").isEmpty();
        assertThat((List<?>) page.evaluate(SPILT)).as("written out of its cell").isEmpty();
    }
}
