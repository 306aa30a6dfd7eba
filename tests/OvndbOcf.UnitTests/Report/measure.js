// Opens everything, then writes what is wrong with the page's layout into an element that the test reads.
(() => {
  const findings = { errors: [...window.seenErrors], overlaps: [], outside: [], texts: 0, pictures: 0, wider: 0, hacked: window.hacked === true };
  document.querySelectorAll("details").forEach(details => { details.open = true; });

  document.querySelectorAll("svg.timeline").forEach(svg => {
    findings.pictures++;
    const box = svg.getBoundingClientRect();
    svg.querySelectorAll("text").forEach(text => {
      const own = text.getBoundingClientRect();
      if (own.left < box.left - 1 || own.right > box.right + 1 || own.top < box.top - 1 || own.bottom > box.bottom + 1) {
        findings.outside.push(text.textContent);
      }
    });
  });

  // A box for each line of each text; texts of one element that is broken into lines do not count against each other.
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest("script,style,title")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width > 0 && box.height > 0) boxes.push({ node, left: box.left, right: box.right, top: box.top, bottom: box.bottom });
    }
  }
  findings.texts = boxes.length;
  boxes.sort((one, other) => one.top - other.top);
  for (let first = 0; first < boxes.length; first++) {
    for (let second = first + 1; second < boxes.length && boxes[second].top < boxes[first].bottom - 1; second++) {
      const [a, b] = [boxes[first], boxes[second]];
      if (a.node !== b.node && a.left < b.right - 1 && b.left < a.right - 1) {
        findings.overlaps.push(`${a.node.data.trim()} | ${b.node.data.trim()}`);
      }
    }
  }
  findings.wider = document.scrollingElement.scrollWidth - window.innerWidth;
  const result = document.createElement("pre");
  result.id = "findings";
  result.textContent = JSON.stringify(findings);
  document.body.append(result);
})();
