/**
 * A chart's SVG as it may stand in the page, a good deal shorter and the same to look at: without the style sheet for a pointer
 * that echarts puts in, with its own ids, coordinates to a tenth of a pixel, and paths of one look drawn as one. What every
 * text has in common is in the page's style (`.chart text`). Hidden from readers aloud: the figure around it says what it shows.
 *
 * @param id Unique in the page.
 */
export function tidySvg(svg: string, id: string, className: string): string {
  const short = svg
    .replaceAll(/<style\s*>.*?<\/style>\s*/gs, "")
    .replaceAll(/ class="zr\d+-[^"]*"/g, "")
    .replaceAll(/ (?:pointer-events|dominant-baseline|xml:space|ecmeta_[a-z_]+)="[^"]*"/g, "")
    .replaceAll(' style="font-size:12px;font-family:inherit;"', "")
    .replaceAll(/\bzr\d+-/g, `${id}-`)
    .replaceAll(/ (?:x|y|transform|width|height)="[^"]*"/g, roundNumbers)
    .replaceAll(/ d="([^"]*)"/g, (_, path: string) => ` d="${shortPath(path)}"`)
    .replaceAll(/<(path|rect)([^>]*)><\/\1>/g, "<$1$2/>")
    .replaceAll(' fill="none"', "")
    .replaceAll(/>\n</g, "><")
    .replace(
      /^<svg width="([\d.]+)" height="([\d.]+)"[^>]*>(?:<rect[^>]*\/>)?/,
      `<svg class="${className}" viewBox="0 0 $1 $2" fill="none" aria-hidden="true" focusable="false">`,
    );
  return joinPaths(short);
}

function roundNumbers(attribute: string): string {
  return attribute.replaceAll(/-?\d+\.\d{2,}/g, (number) => String(tenth(Number(number))));
}

/** `M64 12L70 15L80 15` as `M64 12l6 3h10`; a path of other commands only has its numbers rounded. A
 * `Z` goes back to where its part began, and the next part says where it begins. */
function shortPath(path: string): string {
  if (!/^(?:[ML]-?[\d.]+ -?[\d.]+|Z)+$/.test(path)) return roundNumbers(path);
  let [fromX, fromY] = [0, 0];
  return path.replaceAll(/([ML])(-?[\d.]+) (-?[\d.]+)/g, (_, command: string, x: string, y: string) => {
    const [toX, toY] = [tenth(Number(x)), tenth(Number(y))];
    const [dx, dy] = [tenth(toX - fromX), tenth(toY - fromY)];
    [fromX, fromY] = [toX, toY];
    if (command === "M") return `M${toX} ${toY}`;
    if (dy === 0) return `h${brief(dx)}`;
    return dx === 0 ? `v${brief(dy)}` : `l${brief(dx)}${dy < 0 ? "" : " "}${brief(dy)}`;
  });
}

/** `.5` for 0.5. */
function brief(value: number): string {
  return String(value).replace(/^(-?)0\./, "$1.");
}

/** Neighbours that differ in nothing but their course become one path. */
function joinPaths(svg: string): string {
  return svg.replaceAll(/(?:<path d="[^"]*"[^>]*\/>){2,}/g, (run) => {
    const joined: { course: string; look: string }[] = [];
    for (const [, course = "", look = ""] of run.matchAll(/<path d="([^"]*)"([^>]*)\/>/g)) {
      const last = joined.at(-1);
      if (last !== undefined && last.look === look && !look.includes("transform")) last.course += course;
      else joined.push({ course, look });
    }
    return joined.map(({ course, look }) => `<path d="${course}"${look}/>`).join("");
  });
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
