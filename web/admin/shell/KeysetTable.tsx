// A table whose rows come page by page (usePages), with its failure, its emptiness and the way to more.
import { Alert, Button, Empty, Table } from 'antd'
import type { TableProps } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '../../i18n/useFailureText.ts'
import type { Pages } from '../../moderation/usePages.ts'
import styles from './KeysetTable.module.css'

type Props<T> = Pick<TableProps<T>, 'columns' | 'rowKey' | 'expandable' | 'onRow' | 'rowClassName' | 'size'> & {
  readonly pages: Pages<T>
  /** Said where nothing is. */
  readonly empty: string
  readonly testId?: string
}

export function KeysetTable<T extends object>({ pages, empty, testId, ...table }: Props<T>) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  return (
    <div className={styles.list} data-testid={testId}>
      {pages.failure === null ? null : (
        <Alert
          type="error"
          showIcon
          title={failureText(pages.failure)}
          action={
            <Button size="small" onClick={pages.reload}>
              {t('app.retry')}
            </Button>
          }
        />
      )}
      <Table<T>
        {...table}
        dataSource={pages.items === null ? [] : [...pages.items]}
        loading={pages.loading && pages.failure === null}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: pages.items === null || pages.more !== null ? ' ' : <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} /> }}
      />
      {pages.more === null ? null : (
        <Button className={styles.more} loading={pages.loading} onClick={pages.more} data-testid="more">
          {t('admin.more')}
        </Button>
      )}
    </div>
  )
}
